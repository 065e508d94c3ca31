import tellWhatIsOpen from '../../libs/testing/setup/tell-what-is-open.mjs'

/** After the last test file, in the process that ran them all. */
export default async function endSharedSystem() {
  await globalThis.mpicsSystem?.close()
  tellWhatIsOpen()
}
