// Warns before the session ends for want of a press, and covers the page when it has ended.
import { freshToken, setToken } from './token.js'

const MINUTE = 60000
const LAST_STEP = 15

export function startIdleWarning (hideScreen) {
  const dialog = document.querySelector('dialog[data-idle]')
  if (dialog) new IdleWarning(dialog, hideScreen).start()
}

class IdleWarning {
  constructor (dialog, hideScreen) {
    this.dialog = dialog
    this.hideScreen = hideScreen
    this.left = dialog.querySelector('[data-idle-left]')
    this.form = dialog.querySelector('[data-idle-form]')
    this.limit = Number(dialog.dataset.idleMinutes) * MINUTE
    this.warning = Number(dialog.dataset.idleWarning) * MINUTE
    this.contact = Date.now()
    this.touched = 0
    this.ended = false
  }

  start () {
    for (const kind of ['keydown', 'pointerdown']) {
      document.addEventListener(kind, () => { this.touched = Date.now() }, { passive: true })
    }
    document.addEventListener('holdfast:active', event => this.wasActive(event.detail.sentAt))
    this.form.addEventListener('submit', event => {
      event.preventDefault()
      this.stay()
    })
    this.dialog.addEventListener('cancel', () => this.stay())
    document.addEventListener('visibilitychange', () => this.tick())
    setInterval(() => this.tick(), 1000)
  }

  // Time counts from when a request left: its answer may come long after the session's clock began anew.
  wasActive (sentAt) {
    this.contact = sentAt
    this.ended = false
    if (this.dialog.open) this.dialog.close()
  }

  tick () {
    const left = this.contact + this.limit - Date.now()
    if (left > this.warning || this.ended) return
    if (left <= 0) return this.end()
    if (this.dialog.open) return this.count(left)
    if (Date.now() - this.touched < MINUTE && !this.asking) return this.stay()
    this.dialog.showModal()
    this.count(left)
  }

  count (left) {
    const seconds = Math.ceil(left / 1000)
    const template = seconds > 60 ? this.dialog.dataset.minutesLeft : this.dialog.dataset.secondsLeft
    const amount = seconds > 60 ? Math.ceil(seconds / 60) : Math.ceil(seconds / LAST_STEP) * LAST_STEP
    const words = template.replace('{left}', String(amount))
    if (this.left.textContent !== words) this.left.textContent = words
  }

  async stay () {
    if (this.asking) return
    this.asking = true
    const sentAt = Date.now()
    try {
      if ((await this.post()).ok) this.wasActive(sentAt)
      else this.left.textContent = this.dialog.dataset.failed
    } catch {
      this.left.textContent = this.dialog.dataset.failed
    } finally {
      this.asking = false
    }
  }

  async post () {
    const send = () => fetch(this.dialog.dataset.stayUrl, {
      method: 'POST',
      body: new FormData(this.form),
      redirect: 'manual',
      headers: { 'X-Requested-With': 'idle' },
      signal: AbortSignal.timeout(8000)
    })
    const answer = await send()
    if (answer.status !== 403) return answer
    const token = await freshToken(AbortSignal.timeout(8000))
    if (token === null) return answer
    setToken(token)
    return send()
  }

  end () {
    this.ended = true
    this.hideScreen(this.dialog.dataset.ended)
  }
}
