import { join } from 'node:path'
import { root } from '../root.js'
import { accepts } from './ports.js'
import type { Server } from './server.js'

/** Its package exports only a library; the program is asked for by its place. */
const maildev = join(root, 'node_modules/maildev/dist/bin/maildev.js')

/** Takes every mail and shows it in the browser; sends none on. */
export const mailSink: Server = {
  name: 'mail',
  title: 'mail sink',
  variable: 'SMTP_URL',
  ports: [
    { variable: 'SMTP_PORT', usual: 1025, what: 'SMTP' },
    { variable: 'MAIL_WEB_PORT', usual: 1080, what: 'mail in the browser' },
  ],
  process: async ({ data, ports: [smtp, web] }) => ({
    program: process.execPath,
    args: [
      ...[maildev, '--smtp', String(smtp), '--web', String(web), '--ip', '127.0.0.1', '--web-ip', '127.0.0.1'],
      ...['--mail-directory', data, '--silent'],
    ],
    ready: async () => (await fetch(`http://127.0.0.1:${web}/api/healthz`)).ok,
  }),
  addresses: ([smtp, web]) => ({ smtpUrl: `smtp://127.0.0.1:${smtp}`, mailApi: `http://127.0.0.1:${web}` }),
  answers: async (url) => {
    const { hostname, port } = new URL(url)
    return accepts(hostname, Number(port || 25))
  },
}
