import tellWhatIsOpen from '@mpics/testing/tell-what-is-open'

/** After the last test file, in the process that ran them all. */
export default async function endSharedSystem() {
  await globalThis.mpicsSystem?.close()
  tellWhatIsOpen()
}
