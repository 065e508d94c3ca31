import { z } from 'zod'

/** Names of places that Intl takes and does not list: links of the IANA database (tzdata 2026c, `backward`), by area. */
const LINKS = {
  Africa: 'Asmara Timbuktu',
  America:
    'Argentina/Buenos_Aires Argentina/Catamarca Argentina/ComodRivadavia Argentina/Cordoba ' +
    'Argentina/Jujuy Argentina/Mendoza Atikokan Atka Ensenada Fort_Wayne Indiana/Indianapolis ' +
    'Kentucky/Louisville Knox_IN Montreal Nipigon Nuuk Pangnirtung Porto_Acre Rainy_River Rosario ' +
    'Santa_Isabel Shiprock Thunder_Bay Virgin Yellowknife',
  Antarctica: 'South_Pole',
  Asia:
    'Ashkhabad Choibalsan Chongqing Chungking Dacca Harbin Ho_Chi_Minh Istanbul Kashgar Kathmandu Kolkata ' +
    'Macao Tel_Aviv Thimbu Ujung_Pandang Ulan_Bator Yangon',
  Atlantic: 'Faroe Jan_Mayen',
  Australia: 'ACT Canberra Currie LHI NSW North Queensland South Tasmania Victoria West Yancowinna',
  Brazil: 'Acre DeNoronha East West',
  Canada: 'Atlantic Central Eastern Mountain Newfoundland Pacific Saskatchewan Yukon',
  Chile: 'Continental EasterIsland',
  Europe: 'Belfast Kyiv Nicosia Tiraspol Uzhgorod Zaporozhye',
  Mexico: 'BajaNorte BajaSur General',
  Pacific: 'Chuuk Johnston Kanton Pohnpei Samoa Yap',
  US: 'Alaska Aleutian Arizona Central East-Indiana Eastern Hawaii Indiana-Starke Michigan Mountain Pacific Samoa',
}

const linked = () =>
  Object.entries(LINKS).flatMap(([area, places]) => places.split(' ').map((place) => `${area}/${place}`))

/** By their names in lower case. For them Node loads 8 MB of ICU, which a service at rest has no use for. */
const listed = (): ReadonlyMap<string, string> =>
  new Map([...Intl.supportedValuesOf('timeZone'), ...linked(), 'UTC'].map((name) => [name.toLowerCase(), name]))
let known: ReadonlyMap<string, string> | undefined

/** Offsets and abbreviations, which Intl takes too, are no place. */
const spelled = (typed: string): string | undefined => (known ??= listed()).get(typed.toLowerCase())

/** A place in the world in the IANA database, e.g. `Europe/Berlin`, or UTC. */
export const timeZone = z
  .string()
  .min(1)
  .max(64)
  .overwrite((typed) => spelled(typed) ?? typed)
  .refine((typed) => spelled(typed) !== undefined, { error: 'not a known time zone, such as Europe/Berlin' })
