import { dataSchemaUri } from '@mpics/contracts/catalogue'
import { orderChanged } from './orders.js'

export interface Told {
  id: string
  time: Date
  sequence: number
  data: typeof orderChanged.example
}

/** As a relay writes it. */
export function recordOf({ id, time, sequence, data }: Told) {
  const headers = {
    ce_specversion: '1.0',
    ce_id: id,
    ce_type: orderChanged.type,
    ce_source: 'identity',
    ce_subject: data.orderId,
    ce_time: time.toISOString(),
    ce_dataschema: dataSchemaUri(orderChanged.type),
    'content-type': 'application/json',
    ce_sequence: String(sequence),
  }
  return { key: data.orderId, value: JSON.stringify(data), headers }
}
