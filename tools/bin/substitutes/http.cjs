// `import` reads everything that a built-in module exports: of http also WebSocket, for which Node loads its own fetch, 14 MB. Nobody here uses it.
module.exports = require('node:http')
