import { type HeldData, nameOfStore, PersonalData } from '@mpics/mongo'
import { ObjectMissingError } from '@mpics/object-store'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { RightsOptions } from '../rights-options.js'
import { encodePart, type PartItem } from './encode-part.js'
import { type ExportFile, ExportFiles } from './export-files.js'
import { openedAhead } from './opened-ahead.js'
import { RegisterFile } from './register-files.js'

/** All that a service holds of a person: a document and a list for each entry of the register, and the files they gave it. */
@Injectable()
export class PartContent {
  constructor(
    private readonly options: RightsOptions,
    private readonly personalData: PersonalData,
    private readonly files: ExportFiles,
    private readonly clock: Clock,
  ) {}

  encoded(accountId: string): AsyncGenerator<Buffer> {
    return encodePart(this.items(accountId), this.clock.now())
  }

  private async *items(accountId: string): AsyncGenerator<PartItem> {
    for (const entry of this.personalData.held())
      if ('collection' in entry.store) yield* this.documents(entry, new RegisterFile(entry, accountId))
    for await (const { file, content } of openedAhead(this.files.of(accountId))) yield this.item(file, content)
  }

  private async *documents({ store }: HeldData, file: RegisterFile): AsyncGenerator<PartItem> {
    const name = `${this.options.service}/${nameOfStore(store).replace(/[^\w-]+/g, '')}`
    const head = { modifiedAt: this.clock.now().toISOString(), text: true }
    yield { ...head, name: `${name}.json`, content: file.json() }
    if (file.columns.size > 0) yield { ...head, name: `${name}.csv`, content: file.csv() }
  }

  private item({ name, modifiedAt }: ExportFile, content: AsyncIterable<Buffer> | ObjectMissingError): PartItem {
    if (content instanceof ObjectMissingError) return { name, why: 'it went while the export was made' }
    return { name, modifiedAt: modifiedAt.toISOString(), text: false, content }
  }
}
