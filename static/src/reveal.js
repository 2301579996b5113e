// A phone number stands in the page for as long as it says, then is taken out of it.
// Without scripts the server's Refresh header does the same.

const STEP = 15

export function startReveals () {
  for (const shown of document.querySelectorAll('[data-reveal]')) startReveal(shown)
}

function startReveal (shown) {
  const seconds = Number(shown.dataset.revealSeconds ?? 60)
  const ends = Date.now() + seconds * 1000 // a sleeping tab stops timers, not the clock
  const status = document.createElement('p')
  status.className = 'govuk-body'
  status.setAttribute('role', 'status')
  shown.after(status)
  const tick = () => {
    const left = Math.ceil((ends - Date.now()) / 1000)
    if (left <= 0) {
      clearInterval(timer)
      shown.remove()
      status.textContent = shown.dataset.revealGone
      return
    }
    const step = Math.ceil(left / STEP) * STEP
    const words = shown.dataset.revealLeft.replace('{seconds}', String(Math.min(step, seconds)))
    if (status.textContent !== words) status.textContent = words
  }
  const timer = setInterval(tick, 500)
  document.addEventListener('visibilitychange', tick)
  tick()
}
