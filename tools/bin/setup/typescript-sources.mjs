// Loaded before a TypeScript source that runs without a build: its imports name the files that a build would write.
import { registerHooks } from 'node:module'

registerHooks({
  resolve(specifier, context, next) {
    const isOurs = specifier.startsWith('.') && context.parentURL?.endsWith('.ts')
    return next(isOurs ? specifier.replace(/\.js$/, '.ts') : specifier, context)
  },
})
