// Swagger UI puts a link into the button that opens a call. The button does what the link does, and the fragment still follows it.
const plainTitles = ({ React }) => ({
  components: { DeepLink: ({ text }) => React.createElement('span', { className: 'nostyle' }, text) },
})

const nameOf = (element) =>
  element.closest('tr')?.querySelector('.parameter__name')?.textContent ??
  (element.id === 'servers' ? 'Server' : 'Choice')

// It names neither its parts nor its choices, leaves levels of headings out, and scrolls what no keyboard reaches.
const amend = (root) => {
  for (const [part, name] of [
    ['.information-container', 'About the API'],
    ['.scheme-container', 'Server and log-in'],
  ]) {
    root.querySelector(part)?.setAttribute('role', 'region')
    root.querySelector(part)?.setAttribute('aria-label', name)
  }
  for (const heading of root.querySelectorAll('h3, h4, h5, h6'))
    heading.setAttribute('aria-level', String(Number(heading.tagName[1]) - 1))
  for (const choice of root.querySelectorAll('select:not([aria-label])'))
    choice.setAttribute('aria-label', nameOf(choice))
  for (const table of root.querySelectorAll('table[role="region"]'))
    table.setAttribute('aria-label', table.id.replaceAll('_', ' '))
  for (const example of root.querySelectorAll('pre')) example.tabIndex = 0
}

const root = document.querySelector('#swagger-ui')
new MutationObserver(() => amend(root)).observe(root, { childList: true, subtree: true })

window.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  tryItOutEnabled: true,
  persistAuthorization: false,
  defaultModelsExpandDepth: 0,
  plugins: [plainTitles],
})
