import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { MAIL_TEMPLATE } from './mail-template.generated.js'

describe('the frame of all mails', () => {
  it('is what mjml makes of mail.mjml: run `node mjml/compile.mjs` after a change', () => {
    const script = join(__dirname, '../../mjml/compile.mjs')
    expect(execFileSync(process.execPath, [script, '--print'], { encoding: 'utf8' })).toBe(MAIL_TEMPLATE)
  })
})
