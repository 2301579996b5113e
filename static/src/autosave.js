// Keeps typing safe without browser storage: drafts go to the server, and what could not be sent
// is tried again for as long as the page is open. Never stands in the way of the submit button.
import { freshToken, setToken } from './token.js'

const AFTER_TYPING = 1200
const FIRST_RETRY = 2000
const LONGEST_RETRY = 30000
const PATIENCE = 8000

export function startAutosave () {
  for (const form of document.querySelectorAll('form[data-draft-url]')) new Autosave(form).start()
}

class Autosave {
  constructor (form) {
    this.form = form
    this.status = form.querySelector('[data-save-status]')
    this.typed = 0
    this.saved = 0
    this.wait = FIRST_RETRY
    this.sending = null
    this.leaving = false
  }

  start () {
    const typed = () => this.onTyped()
    this.form.addEventListener('input', typed)
    this.form.addEventListener('change', typed)
    this.form.addEventListener('submit', () => this.onSubmit())
    window.addEventListener('online', () => this.push())
    document.addEventListener('holdfast:save', () => this.push({ keepalive: true }))
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) this.push({ keepalive: true })
    })
    window.addEventListener('pageshow', () => { this.leaving = false })
    window.addEventListener('beforeunload', event => {
      if (!this.leaving && this.typed !== this.saved) event.preventDefault()
    })
  }

  onTyped () {
    this.typed += 1
    this.wait = FIRST_RETRY
    this.later(AFTER_TYPING)
  }

  onSubmit () {
    // The form itself is on its way: a draft that arrives after it would bring back old words.
    this.leaving = true
    clearTimeout(this.timer)
    if (this.sending) this.sending.abort()
  }

  later (pause) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.push(), pause)
  }

  async push (options = {}) {
    if (this.sending || this.leaving || this.typed === this.saved) return
    const mine = this.typed
    const sentAt = Date.now()
    this.sending = new AbortController()
    const outcome = await this.send(mine, options)
    this.sending = null
    if (this.leaving) return
    if (outcome === 'saved') {
      this.saved = mine
      this.wait = FIRST_RETRY
      document.dispatchEvent(new CustomEvent('holdfast:active', { detail: { sentAt } }))
      this.say(`${this.words('saved')} ${londonTime()}`)
      if (this.typed !== this.saved) this.later(AFTER_TYPING)
      return
    }
    this.say(this.words(outcome))
    this.later(this.wait)
    this.wait = Math.min(this.wait * 2, LONGEST_RETRY)
  }

  async send (mine, options) {
    const timeout = setTimeout(() => this.sending?.abort(), PATIENCE)
    try {
      const answer = await this.post(mine, options)
      if (answer.ok) return 'saved'
      if (!signedOut(answer)) return 'refused'
      // Signed in again in another tab: the page's token is stale, not the person.
      const token = await freshToken(this.sending.signal)
      if (token === null) return 'signedOut'
      setToken(token)
      const again = await this.post(mine, options)
      if (again.ok) return 'saved'
      return signedOut(again) ? 'signedOut' : 'refused'
    } catch {
      return 'unsent'
    } finally {
      clearTimeout(timeout)
    }
  }

  post (mine, { keepalive = false }) {
    const body = new FormData(this.form)
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name)
    body.set('_seq', String(mine))
    return fetch(this.form.dataset.draftUrl, {
      method: 'POST',
      body,
      keepalive,
      redirect: 'manual',
      headers: { 'X-Requested-With': 'draft' },
      signal: this.sending.signal
    })
  }

  words (outcome) {
    return this.status?.dataset[outcome] ?? ''
  }

  say (words) {
    if (this.status && this.status.textContent !== words) this.status.textContent = words
  }
}

function signedOut (answer) {
  return answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403
}

function londonTime () {
  const time = new Date().toLocaleTimeString('en-GB', {
    hour: 'numeric', minute: '2-digit', hour12: true, timeZone: 'Europe/London'
  })
  return time.replace(/\s/g, '')
}
