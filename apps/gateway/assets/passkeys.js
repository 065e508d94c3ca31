// Makes and uses passkeys, which browsers open to scripts alone. The rest of these pages works without one.
const isAble = typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential

const use = async () => {
  const answer = await fetch('/v1/sessions/passkey/options', { method: 'POST', credentials: 'omit' })
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await answer.json())
  return navigator.credentials.get({ publicKey })
}

const make = ({ options }) =>
  navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(options)) })

const send = async (form) => {
  const credential = await (form.dataset.passkey === 'make' ? make(form.dataset) : use())
  form.elements.passkey.value = JSON.stringify(credential)
  form.submit()
}

for (const form of isAble ? document.querySelectorAll('form[data-passkey]') : []) {
  form.hidden = false
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    send(form).catch(() => (form.querySelector('[role=alert]').hidden = false))
  })
}

// A passkey that this site does not know any more is offered no more.
for (const { dataset } of document.querySelectorAll('[data-signal]'))
  globalThis.PublicKeyCredential?.[dataset.signal]?.(JSON.parse(dataset.about)).catch(() => undefined)
