// A passkey is made or used: the browser asks the person, and the answer goes with the form to the server.

export function startPasskeys () {
  for (const part of document.querySelectorAll('[data-passkey]')) startPasskey(part)
}

function startPasskey (part) {
  const button = part.querySelector('button')
  const said = part.querySelector('[role=status]')
  if (!window.PublicKeyCredential) {
    said.textContent = part.dataset.unable
    return
  }
  said.textContent = ''
  button.parentElement.hidden = false
  button.addEventListener('click', async () => {
    said.textContent = ''
    try {
      const answer = await ask(part.dataset.passkey, await optionsOf(part))
      const input = document.getElementById(part.dataset.passkeyInput)
      input.value = JSON.stringify(answer)
      input.form.submit()
    } catch {
      said.textContent = part.dataset.failed
    }
  })
}

async function optionsOf (part) {
  if (part.dataset.passkeyOptions) return JSON.parse(part.dataset.passkeyOptions)
  const answer = await fetch(part.dataset.passkeyUrl, {
    cache: 'no-store', headers: { 'X-Requested-With': 'XMLHttpRequest' }
  })
  return (await answer.json()).request_options
}

async function ask (act, { publicKey }) {
  publicKey.challenge = bytesOf(publicKey.challenge)
  if (publicKey.user) publicKey.user.id = bytesOf(publicKey.user.id)
  for (const known of [...publicKey.excludeCredentials ?? [], ...publicKey.allowCredentials ?? []]) {
    known.id = bytesOf(known.id)
  }
  const made = await navigator.credentials[act]({ publicKey })
  const { response } = made
  const inWords = name => response[name] ? textOf(response[name]) : undefined
  return {
    id: made.id,
    rawId: textOf(made.rawId),
    type: made.type,
    authenticatorAttachment: made.authenticatorAttachment,
    clientExtensionResults: made.getClientExtensionResults(),
    response: {
      clientDataJSON: inWords('clientDataJSON'),
      attestationObject: inWords('attestationObject'),
      authenticatorData: inWords('authenticatorData'),
      signature: inWords('signature'),
      userHandle: inWords('userHandle'),
      transports: response.getTransports?.()
    }
  }
}

function bytesOf (text) {
  const base64 = text.replace(/-/g, '+').replace(/_/g, '/')
  return Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))
}

function textOf (buffer) {
  const letters = [...new Uint8Array(buffer)].map(byte => String.fromCharCode(byte)).join('')
  return btoa(letters).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}
