import { Restores } from '@mpics/mongo'
import { Injectable, Optional } from '@nestjs/common'
import { ErasedIds } from './erased-ids.js'

/** Why a reaction does not hear of an event: whom it names was erased, or its publisher was restored and has lost it. */
@Injectable()
export class PassedOver {
  constructor(
    readonly erased: ErasedIds,
    @Optional() readonly restores?: Restores,
  ) {}
}
