import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ServerOptions } from './server-options.js'
import { Supervised } from './supervised.js'

/** Its package exports only a library; the program is asked for by its place. */
const maildev = join(import.meta.dirname, '../../../node_modules/maildev/dist/bin/maildev.js')

/** Takes every mail and shows it in the browser; sends none on. */
export async function startMailSink({
  folder,
  port,
  webPort,
  say,
}: ServerOptions & { webPort: number }): Promise<{ process: Supervised; smtpUrl: string; api: string }> {
  const mails = join(folder, 'mail')
  await mkdir(mails, { recursive: true })
  const api = `http://127.0.0.1:${webPort}`
  const process = new Supervised({
    name: 'mail sink',
    program: globalThis.process.execPath,
    args: [
      maildev,
      '--smtp',
      String(port),
      '--web',
      String(webPort),
      '--ip',
      '127.0.0.1',
      '--web-ip',
      '127.0.0.1',
      '--mail-directory',
      mails,
      '--silent',
    ],
    env: globalThis.process.env,
    logFile: join(folder, 'logs/mail.log'),
    ready: async () => (await fetch(`${api}/api/healthz`)).ok,
    say,
  })
  await process.start()
  return { process, smtpUrl: `smtp://127.0.0.1:${port}`, api }
}
