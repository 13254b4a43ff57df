import { fieldsOf, type Kind, vocabularyOf } from '../../crm/index.ts'
import { type AccountSchema, inEveryLanguage, type Language } from '../../model/index.ts'
import { before, nameTitles, pathTitles } from './field-words.ts'

/**
 * Answers what people call the field at a path, in one language, for events about records of one kind: `current.price` is
 * "Price", `previous.stage_id` "Stage (before)", `contact.email` "Contact: E-mail". null where nobody has named it.
 */
export function fieldTitles(
  schema: AccountSchema,
  kindName: string,
  language: Language,
): (path: string) => string | null {
  const { kinds } = vocabularyOf(schema)
  const kind = kinds.get(kindName)

  function own(of: Kind | undefined, name: string): string | null {
    const builtIn = of ? fieldsOf(of)[name] : undefined
    const declared = schema.fields.find((field) => field.kind === of?.name && field.name === name)
    return (builtIn?.title ?? (declared ? inEveryLanguage(declared.title) : null))?.[language] ?? null
  }
  const word = (words: typeof nameTitles, name: string) =>
    Object.hasOwn(words, name) ? words[name]![language] : null
  const asBefore = (title: string | null) => title && before[language].replace('X', () => title)
  const named = (name: string): string | null =>
    name.startsWith('old_') ? asBefore(named(name.slice(4))) : (own(kind, name) ?? word(nameTitles, name))

  function related(root: string, name: string): string | null {
    const field = kind ? (fieldsOf(kind)[`${root}_id`] ?? fieldsOf(kind)[root]) : undefined
    const pointer = root === 'company' ? kinds.get('company')?.title[language] : named(`${root}_id`)
    // A user is a person, and is called like one.
    const of = field?.type === 'user' ? 'contact' : (field?.links ?? root)
    const detail = own(kinds.get(of), name) ?? word(nameTitles, name)
    return pointer && detail ? `${pointer}: ${detail}` : null
  }

  return (path) => {
    const whole = word(pathTitles, path)
    if (whole !== null) return whole
    const [root = '', ...rest] = path.split('.')
    // Places in lists, and what lies inside a value, are still that field.
    const name = rest[0] ?? ''
    if (root === 'current') return own(kind, name)
    if (root === 'previous') return asBefore(own(kind, name))
    if (root === 'data') return named(name)
    if (root === 'event') return word(pathTitles, `event.${name}`)
    return root.startsWith('old_') ? asBefore(related(root.slice(4), name)) : related(root, name)
  }
}
