import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readTopic } from '@mpics/eventing'
import { ObjectStore } from '@mpics/object-store'
import { eventually } from '@mpics/testing/eventually'
import { pythonPrograms } from '@mpics/tools/environment/artifacts/python-environment'
import { nodeProgram, root } from '@mpics/tools/environment/root'
import { type Block, blocksOf, runBlock } from '@mpics/tools/guides/guide'
import { Member, newPerson } from '@mpics/tools/people/member'
import { planOf } from '@mpics/tools/seed/plan'
import { stateViews } from '@mpics/tools/seed/views'
import { Operator } from '../driver/operator.js'
import { parts, system } from '../driver/system.js'

const run = promisify(execFile)
const VIEWS = 2_000

describe('what analysts are shown', () => {
  const running = system()
  let folder = ''
  let bin = ''
  let token = ''
  const access = () => {
    const { stack: servers, prefix, gatewayUrl: site } = running.system
    return { brokers: servers.kafkaBrokers.split(','), prefix, site }
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mpics-analysts-'))
    bin = await pythonPrograms()
    await mkdir(join(folder, '.data'))
    await cp(join(root, 'examples'), join(folder, 'examples'), { recursive: true })
    const { photos, views } = planOf(1)
    const ids = photos.map(() => randomUUID())
    await stateViews(access(), views.slice(0, VIEWS), ids)
    await eventually('totals', async () => (await readTopic(access(), 'analytics.view-total')).length > 2)
    const { api, mailbox } = parts(running)
    const analyst = new Member(newPerson('analyst', 'Ada'), api, mailbox)
    await analyst.join()
    const operator = new Operator(running)
    await operator.giveFactor(analyst.accountId)
    await operator.order('grant-role', { account: analyst.accountId, role: 'analyst' })
    await analyst.renew()
    token = analyst.accessToken
    await eventually('countries', async () => /^[A-Z]{2},/m.test(await (await exported('countries', 'csv')).text()))
    await eventually('closed hours in the lake', async () => (await hoursInLake()) > 2)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const exported = async (of: string, format: string) => {
    const url = `${running.system.gatewayUrl}/v1/admin/traffic/export?of=${of}&format=${format}`
    return fetch(url, { headers: { authorization: `Bearer ${token}` } })
  }
  const lake = () => {
    const { stack: servers, services } = running.system
    const [endpoint, accessKey, secretKey] = [servers.s3Endpoint, servers.s3AccessKey, servers.s3SecretKey]
    const bucket = services.analytics.env['ANALYTICS_S3_BUCKET']!
    return { service: 'analytics', region: 'us-east-1', endpoint, accessKey, secretKey, bucket }
  }
  const lakeKey = () => {
    const { endpoint, accessKey, secretKey } = lake()
    return { LAKE_ENDPOINT: endpoint, AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey }
  }
  const hoursInLake = async () => {
    let hours = 0
    for await (const _ of new ObjectStore(lake()).keysUnder('traffic-hourly/')) hours++
    return hours
  }
  const variables = () => ({
    PATH: `${bin}:${process.env['PATH']}`,
    KAFKA_BROKERS: access().brokers.join(),
    KAFKA_PREFIX: access().prefix,
    LAKE_BUCKET: lake().bucket,
    // whose token `npm run token` asks for, and of whom
    PUBLIC_URL: access().site,
    MAIL_API: running.system.stack.mailApi,
    IDENTITY_OPS_URL: `http://127.0.0.1:${running.system.ports.identity.ops}`,
    MPICS_DATA: running.folder,
  })
  /** A guide speaks of a machine that runs nothing else. */
  const here = ({ language, text }: Block): Block => ({
    language,
    text: text
      .replaceAll('npm run -s token --', `${nodeProgram()} ${join(root, 'tools/dist/token/main.js')}`)
      .replaceAll('localhost:9092', access().brokers[0]!)
      .replaceAll('http://localhost:8080', running.system.gatewayUrl)
      .replaceAll('http://localhost:7070', running.system.stack.s3Endpoint)
      .replaceAll(/(?<=-t |\[")(?=(traffic|analytics)\.)/g, access().prefix),
  })

  it('runs as docs/analysts.md says, command by command', async () => {
    const printed: string[] = []
    for (const block of await blocksOf('docs/analysts.md', 'local'))
      printed.push(await runBlock(here(block), folder, variables()))
    const said = printed.join('\n')
    expect(said).toMatch(/│ DE +│ +\d+ │ +\d+ │/)
    expect(said).toMatch(/^\/photos\/\S+ \{"page":.*"total":\d+/m)
    expect(said).toMatch(/^\{'page': '\/photos\//m)
    expect(said).toMatch(/^1 snapshot$/m)
    const [, hours, fetched] = /^(\d+) hours, (\d+) fetched$/m.exec(said)!
    expect(Number(hours)).toBeGreaterThan(2)
    expect(fetched).toBe(hours)
    expect(said).toMatch(new RegExp(`^${hours} hours in the table$`, 'm'))
    expect(said).toMatch(/^│ 20\d\d-\d\d-\d\d │ +\d+ │ +\d+ │$/m)
    expect(said).toMatch(/^value,views,repeats,visitors\r\n[A-Z]{2},\d+,/m)
    expect(said).toMatch(new RegExp(`│ +${VIEWS} │ +\\d+ │`))
    await expect(
      runBlock({ language: 'sh', text: 'python examples/analysts/none.py' }, folder, variables()),
    ).rejects.toThrow()
  })

  it('is all of examples/analysts but what says that it is not run', async () => {
    const guide = (
      await Promise.all((['local', 'secured'] as const).map((kind) => blocksOf('docs/analysts.md', kind)))
    ).flat()
    const programs = (await readdir(join(root, 'examples/analysts'))).filter((file) => /\.(py|ipynb)$/.test(file))
    const unseen = programs.filter((file) => !guide.some(({ text }) => text.includes(file)))
    expect(unseen).toEqual(['topics.py'])
  })

  it('has a notebook that draws pictures', async () => {
    const program = [
      'import nbformat, sys',
      'from nbclient import NotebookClient',
      'notebook = nbformat.read(sys.argv[1], as_version=4)',
      'NotebookClient(notebook, timeout=120).execute()',
      'print(sum("image/png" in output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", [])))',
    ].join('\n')
    const notebook = join(folder, 'examples/analysts/page_views.ipynb')
    const { stdout } = await run(join(bin, 'python'), ['-c', program, notebook], {
      cwd: join(folder, 'examples/analysts'),
      env: { ...process.env, ...variables() },
    })
    expect(stdout.trim()).toBe('3')
  })

  it('B14 are Parquet files whose types and rows DuckDB and pyarrow read as the topic has them', async () => {
    const file = join(folder, 'table.parquet')
    await writeFile(file, Buffer.from(await (await exported('views', 'parquet')).arrayBuffer()))
    const lines = (await (await exported('views', 'jsonl')).text()).split('\n').filter(Boolean)
    const { stdout } = await run(join(bin, 'python'), [join(root, 'e2e/clients/python/read_table.py'), file], {
      maxBuffer: 1 << 28,
    })
    const read = JSON.parse(stdout) as Record<'arrow' | 'duckdb', Record<string, string>> & { rows: object[] }
    expect(read.arrow).toMatchObject({
      page: 'string',
      bot: 'bool',
      country: 'string',
      occurredAt: 'timestamp[ms, tz=UTC]',
    })
    expect(read.duckdb).toMatchObject({ page: 'VARCHAR', bot: 'BOOLEAN', occurredAt: 'TIMESTAMP' })
    const known = (row: object) =>
      JSON.stringify(
        Object.entries(row)
          .filter(([, value]) => value !== null)
          .sort(),
      )
    expect(read.rows.map(known).sort()).toEqual(lines.map((line) => known(JSON.parse(line) as object)).sort())
    expect(read.rows).toHaveLength(VIEWS)
  })

  it('B14 are closed hours whose types and cells DuckDB reads as the topic tells them', async () => {
    const python = join(bin, 'python')
    const options = { cwd: folder, env: { ...process.env, ...variables(), ...lakeKey() }, maxBuffer: 1 << 28 }
    const hourly = join(folder, 'again/traffic-hourly')
    const fetchHours = (...words: string[]) =>
      run(python, [join(folder, 'examples/analysts/fetch_hours.py'), ...words], options)
    await expect(fetchHours('again', '--tabel', 'views')).rejects.toMatchObject({ code: 2 })
    const readHour = async () => {
      await fetchHours('again')
      const file = (await readdir(hourly, { recursive: true })).filter((name) => name.endsWith('.parquet')).sort()[0]!
      const { stdout } = await run(
        python,
        [join(root, 'e2e/clients/python/read_table.py'), join(hourly, file)],
        options,
      )
      return JSON.parse(stdout) as Record<'arrow' | 'duckdb', Record<string, string>> & { rows: Cell[] }
    }
    const told = async (hour: string) => {
      const last = new Map(
        (await readTopic(access(), 'analytics.traffic-hourly')).map(({ key, value }) => [key, value]),
      )
      const cells = [...last.values()].flatMap((value) => (value ? [JSON.parse(value) as Cell] : []))
      return cells.filter((cell) => new Date(cell.hour).getTime() === new Date(hour).getTime())
    }
    const known = (cells: Cell[]) =>
      cells.map(({ hour, ...cell }) => JSON.stringify([new Date(hour), Object.entries(cell).sort()])).sort()
    // an hour that closed early is told again once all of its views are there
    await eventually('the cells of the topic', async () => {
      const { rows } = await readHour()
      expect(known(rows)).toEqual(known(await told(rows[0]!.hour)))
      return rows.length > 0
    })
    const { arrow, duckdb } = await readHour()
    expect(arrow).toEqual({
      hour: 'timestamp[ms, tz=UTC]',
      ...{ dimension: 'string', value: 'string', views: 'int64', visitors: 'int64' },
    })
    expect(duckdb).toMatchObject({ hour: 'TIMESTAMP', value: 'VARCHAR', views: 'BIGINT', visitors: 'BIGINT' })
  })
})

interface Cell {
  hour: string
}
