// A form that was open across a sign-in carries a stale token; the same page, read again, has a new one.

// Read for one value and thrown away: nothing of it is ever put into the page.
const inert = window.trustedTypes?.createPolicy('holdfast', { createHTML: words => words })

export async function freshToken (signal) {
  const answer = await fetch(window.location.href, {
    redirect: 'manual', cache: 'no-store', headers: { 'X-Requested-With': 'token' }, signal
  })
  if (!answer.ok) return null
  const words = await answer.text()
  const page = new DOMParser().parseFromString(inert ? inert.createHTML(words) : words, 'text/html')
  // Words typed by one person are never sent as another.
  if (page.body.dataset.signedIn !== document.body.dataset.signedIn) return null
  return page.querySelector('input[name=csrfmiddlewaretoken]')?.value ?? null
}

export function setToken (token) {
  for (const input of document.querySelectorAll('input[name=csrfmiddlewaretoken]')) {
    input.value = token
  }
}
