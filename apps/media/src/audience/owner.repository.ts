import { Connection, PersonalData } from '@mpics/mongo'
import { StandingRepository } from '@mpics/rights'
import { Injectable } from '@nestjs/common'

@Injectable()
export class OwnerRepository extends StandingRepository {
  constructor(connection: Connection, personalData: PersonalData) {
    super(connection, personalData, 'owners')
  }
}
