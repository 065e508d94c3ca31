// Preloaded into the decoding processes of tests, which run the sources: Node strips the types itself, but looks for the
// files under the names that they have after the build.
import { registerHooks } from 'node:module'

registerHooks({
  resolve(specifier, context, next) {
    const isOwn = specifier.startsWith('.') && context.parentURL?.endsWith('.ts')
    return next(isOwn ? specifier.replace(/\.js$/, '.ts') : specifier, context)
  },
})
