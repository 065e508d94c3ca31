import { basename, join } from 'node:path'

const substitutes = join(import.meta.dirname, 'substitutes')
const substitute = (file) => ({ path: join(substitutes, file) })
const SUBSTITUTED = /^(undici|whatwg-url|@mongodb-js\/saslprep|mime-types)$/
/** Who may import a module of which a substitute has only what they ask for. */
const ASKING = {
  '@mongodb-js/saslprep': /[\\/]node_modules[\\/]mongodb[\\/]/,
  'mime-types': /[\\/]node_modules[\\/]minio[\\/]/,
  'whatwg-url': /[\\/]node_modules[\\/]mongodb-connection-string-url[\\/]/,
}

function substituteFor(path, importer) {
  if (ASKING[path]?.test(importer) !== false) return substitute(`${basename(path)}.cjs`)
  return { errors: [{ text: `${importer} may ask ${path} for more than tools/bin/substitutes has of it` }] }
}

/** Node has what these would bring along. Whatever `require`s http gets no more than it asks for. */
export const substituted = {
  name: 'substituted',
  setup(build) {
    build.onResolve({ filter: SUBSTITUTED }, ({ path, importer, resolveDir }) =>
      resolveDir === substitutes ? undefined : substituteFor(path, importer),
    )
    build.onResolve({ filter: /^(node:)?http$/ }, ({ kind }) =>
      kind === 'require-call' ? undefined : substitute('http.cjs'),
    )
  },
}
