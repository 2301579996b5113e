// A form that was open across a sign-in carries a stale token; the same page, read again, has a new one.

export async function freshToken (signal) {
  const answer = await fetch(window.location.href, {
    redirect: 'manual', cache: 'no-store', headers: { 'X-Requested-With': 'token' }, signal
  })
  if (!answer.ok) return null
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  // Words typed by one person are never sent as another.
  if (page.body.dataset.signedIn !== document.body.dataset.signedIn) return null
  return page.querySelector('input[name=csrfmiddlewaretoken]')?.value ?? null
}

export function setToken (token) {
  for (const input of document.querySelectorAll('input[name=csrfmiddlewaretoken]')) {
    input.value = token
  }
}
