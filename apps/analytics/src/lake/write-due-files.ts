import { Injectable, Logger } from '@nestjs/common'
import { HourFilesRepository } from '../hour-files/hour-files.repository.js'
import { LakeStore } from './lake-store.js'
import { WriteHourFile } from './write-hour-file.js'

/** Writes all objects that lag behind. One that fails keeps no other from being written. */
@Injectable()
export class WriteDueFiles {
  private readonly logger = new Logger('WriteDueFiles')

  constructor(
    private readonly files: HourFilesRepository,
    private readonly store: LakeStore,
    private readonly writing: WriteHourFile,
  ) {}

  /** `mayGoOn` is asked before each. Resolves to how many were written. */
  async execute(mayGoOn: () => Promise<boolean>): Promise<number> {
    await this.store.prepare()
    let written = 0
    for await (const file of this.files.due()) {
      if (!(await mayGoOn())) break
      await this.writing.execute(file).then(
        () => written++,
        (err: unknown) => this.logger.warn({ err, hourFile: file._id }, 'an hour waits to be stored'),
      )
    }
    return written
  }
}
