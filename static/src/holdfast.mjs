// Everything the pages' scripts do. Every page works without it, less typing-time autosave.
import {
  Button,
  CharacterCount,
  Checkboxes,
  createAll,
  ErrorSummary,
  NotificationBanner,
  Radios,
  SkipLink
} from 'govuk-frontend'
import { startAutosave } from './autosave.js'
import { startCopies } from './copy.js'
import { startIdleWarning } from './idle.js'
import { startPasskeys } from './passkey.js'
import { startReveals } from './reveal.js'
import { startHideScreen } from './screen.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
for (const part of [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  SkipLink
]) {
  createAll(part)
}
startAutosave()
startReveals()
startCopies()
startPasskeys()
const hideScreen = startHideScreen()
startIdleWarning(hideScreen)
