import { join } from 'node:path'
import { judgeHead } from './judge-head.js'
import { judgeUpload } from './judge-upload.js'
import { type HeadVerdict, type Job, SOURCE } from './jobs.js'
import { isMachineFault, MachineFault } from './machine-fault.js'

/**
 * The program of a decoding process. Only it reads strangers' files (OWASP ASVS 5.2.6): without secrets, without network, within
 * the folder of its process. Whoever started it watches over its limits, and it ends with them.
 */
async function answer(job: Job): Promise<unknown> {
  if (job.kind === 'head') return accepted(judgeHead(Buffer.from(job.head, 'base64')))
  const source = join(job.folder, SOURCE)
  if (job.kind === 'judge') return judgeUpload(source)
  const { renderPicture } = await decoders().catch((cause: unknown) => {
    throw new MachineFault('the decoders cannot be loaded', { cause })
  })
  return renderPicture({ source, folder: job.folder })
}

const decoders = () => import('./render-picture.js')

/** The picture of an accepted head soon comes as a whole: the decoders are loaded while it is stored. */
async function accepted(judged: Promise<HeadVerdict>): Promise<HeadVerdict> {
  const verdict = await judged
  if (verdict.refusal === null) setImmediate(() => void decoders().catch(() => undefined))
  return verdict
}

process.on('disconnect', () => process.exit())
process.on('message', (job: Job) => {
  answer(job).then(
    (answered) => process.send?.({ answered }),
    (error: unknown) => process.send?.({ failure: String(error).slice(0, 1_000), ofMachine: isMachineFault(error) }),
  )
})
