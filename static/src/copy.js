// One press copies what stands in a section. Without scripts the words can be selected as they are.

export function startCopies () {
  if (!navigator.clipboard) return
  for (const shown of document.querySelectorAll('[data-copy]')) startCopy(shown)
}

function startCopy (shown) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'govuk-button govuk-button--secondary app-noprint'
  button.textContent = shown.dataset.copyWords
  const status = document.createElement('p')
  status.className = 'govuk-body app-noprint'
  status.setAttribute('role', 'status')
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(wordsOf(shown))
      status.textContent = shown.dataset.copied
    } catch {
      status.textContent = shown.dataset.copyFailed
    }
  })
  shown.after(button, status)
}

function wordsOf (shown) {
  return [...shown.querySelectorAll('dt, dd')]
    .map(each => each.textContent + (each.localName === 'dd' ? '\n' : ''))
    .join('\n')
}
