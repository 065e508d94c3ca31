// Swagger UI puts a link into the button that opens a call. The button does what the link does, and the fragment still follows it.
const plainTitles = ({ React }) => ({
  components: { DeepLink: ({ text }) => React.createElement('span', { className: 'nostyle' }, text) },
})

window.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  tryItOutEnabled: true,
  persistAuthorization: false,
  defaultModelsExpandDepth: 0,
  plugins: [plainTitles],
})
