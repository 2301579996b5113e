// Hide screen: one press blanks the page and its title; a press brings it back as it was.
// Without scripts the same button is a link to a neutral page.

export function startHideScreen () {
  const link = document.querySelector('[data-hide-screen]')
  if (!link) return () => {}
  const hide = (words = link.dataset.hiddenWords) => hideScreen(link, words)
  link.addEventListener('click', event => {
    event.preventDefault()
    hide()
  })
  return hide
}

function hideScreen (link, words) {
  if (document.querySelector('[data-hidden-screen]')) return
  const before = {
    title: document.title, focus: document.activeElement, left: window.scrollX, top: window.scrollY
  }
  document.dispatchEvent(new Event('holdfast:save'))
  for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close()
  const cover = coverOf(link, words)
  document.documentElement.dataset.screen = 'hidden'
  document.title = link.dataset.hiddenTitle
  document.body.append(cover)
  const button = cover.querySelector('button')
  button.focus()
  button.addEventListener('click', () => {
    cover.remove()
    delete document.documentElement.dataset.screen
    document.title = before.title
    window.scrollTo(before.left, before.top)
    before.focus?.focus({ preventScroll: true })
  })
}

function coverOf (link, words) {
  const cover = document.createElement('main')
  cover.className = 'app-cover'
  cover.dataset.hiddenScreen = ''
  const heading = document.createElement('h1')
  heading.className = 'govuk-heading-l'
  heading.textContent = link.dataset.hiddenTitle
  const line = document.createElement('p')
  line.className = 'govuk-body'
  line.textContent = words
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'govuk-button'
  button.textContent = link.dataset.hiddenButton
  cover.append(heading, line, button)
  return cover
}
