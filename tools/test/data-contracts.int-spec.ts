import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { topics } from '@mpics/contracts/catalogue'
import { pythonPrograms } from '../src/environment/artifacts/python-environment.js'
import { root } from '../src/environment/root.js'
import { ContractJudge } from './setup/contract-judge.js'

const CONTRACTS = join(root, 'docs/contracts')
const GOLDEN = join(root, 'libs/contracts/golden')
const isPublic = topics.filter((topic) => topic.public).map(({ name }) => name)

describe('the data contract of each public topic', () => {
  let folder: string
  let datacontract: ContractJudge
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mpics-contracts-'))
    datacontract = new ContractJudge(join(await pythonPrograms(), 'python'), folder)
  })
  afterAll(async () => {
    datacontract?.end()
    await rm(folder, { recursive: true, force: true })
  })

  const judge = (...command: string[]) => datacontract.judge(...command)
  const testedOn = async (topic: string, records: readonly object[]) => {
    await copyFile(join(CONTRACTS, `${topic}.odcs.yaml`), join(folder, 'contract.odcs.yaml'))
    await writeFile(join(folder, `${topic}.jsonl`), records.map((record) => `${JSON.stringify(record)}\n`).join(''))
    return judge('test', 'contract.odcs.yaml', '--server', 'sample')
  }
  const released = async (topic: string): Promise<object[]> => {
    const files = (await readdir(GOLDEN)).filter((file) => file.startsWith(`${topic}.`))
    const texts = await Promise.all(files.map((file) => readFile(join(GOLDEN, file), 'utf8')))
    return texts.map((text) => (JSON.parse(text) as { sample: object }).sample)
  }

  it('is there, and is one by the standard', async () => {
    const files = (await readdir(CONTRACTS)).filter((file) => file.endsWith('.odcs.yaml'))
    expect(files.sort()).toEqual(isPublic.map((name) => `${name}.odcs.yaml`).sort())
    for (const file of files) await judge('lint', join(CONTRACTS, file))
    await writeFile(join(folder, 'slip.odcs.yaml'), 'apiVersion: v3.1.0\nkind: DataContract\nid: x\n')
    await expect(judge('lint', 'slip.odcs.yaml')).rejects.toThrow(/version|status/)
  })

  it('holds for every record that was released, and not for one that breaks it', async () => {
    for (const topic of isPublic) {
      const records = await released(topic)
      expect(await testedOn(topic, records)).toContain('Data contract is valid')
      const [name] = Object.keys(records[0]!)
      await expect(testedOn(topic, [...records, { ...records[0], [name!]: null }])).rejects.toThrow(/missing values/)
    }
  })

  it('breaks nothing that an earlier one of its version said', async () => {
    const earlier = (await readdir(join(CONTRACTS, 'released'))).sort()
    for (const topic of isPublic) {
      const present = join(CONTRACTS, `${topic}.odcs.yaml`)
      const major = /^version: (\d+)/m.exec(await readFile(present, 'utf8'))![1]!
      const kept = earlier.filter((file) => file.startsWith(`${topic}-${major}.`))
      expect(kept).not.toEqual([])
      for (const file of kept) await judge('breaking', join(CONTRACTS, 'released', file), present)
      const text = await readFile(present, 'utf8')
      await writeFile(join(folder, 'narrowed.odcs.yaml'), text.replace('required: true', 'required: false'))
      await expect(judge('breaking', present, 'narrowed.odcs.yaml')).rejects.toThrow(/required/)
    }
  })
})
