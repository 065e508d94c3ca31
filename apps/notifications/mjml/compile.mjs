// Compiles mail.mjml into the source tree; with --print, to the output. A unit test compares what is there with what this makes.
// At run time mjml itself is not loaded: it would take 0.7 s and 100 MB.
import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import mjml2html from 'mjml'

const { print } = parseArgs({ options: { print: { type: 'boolean' } } }).values
const source = new URL('mail.mjml', import.meta.url)
const target = new URL('../src/templates/mail-template.generated.ts', import.meta.url)

async function compiled() {
  const { html, errors } = await mjml2html(await readFile(source, 'utf8'), {
    validationLevel: 'strict',
    // by default mjml links Google's fonts: their server would learn who opens a mail
    fonts: {},
    minify: false,
    beautify: false,
  })
  if (errors.length) throw new Error(errors.map((error) => error.formattedMessage).join('\n'))
  return mirrored(html.replace(/\n\s*\n/g, '\n').replace(/^\s+/gm, ''))
}

/** mjml knows no direction that is chosen later. */
const mirrored = (html) =>
  html.replaceAll(/(direction:|dir=")ltr/g, '$1[[direction]]').replaceAll(/(text-align:|align=")left/g, '$1[[start]]')

const moduleOf = (html) =>
  `/** Made of mjml/mail.mjml by mjml/compile.mjs; change it there. */\nexport const MAIL_TEMPLATE = \`${html.replace(/[\\`]|\$\{/g, '\\$&')}\`\n`

const html = await compiled()
if (print) process.stdout.write(html)
else await writeFile(target, moduleOf(html))
