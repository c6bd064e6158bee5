import ArgumentParser
import CallStore
import Foundation
import Tables

/// `forensics imports`.
struct Imports: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "imports",
    abstract: "What was imported, newest first; 'imports undo ID' takes one back.",
    subcommands: [List.self, Undo.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "What was imported, newest first.",
      discussion: """
        States: done; open (running, or interrupted: import the same files again); undone. Counts are of \
        records, as the import printed them.
        """)

    @OptionGroup var list: LedgerOptions

    func run() throws { try list.write(PackageResources.imports_sql, named: "imports") }
  }

  struct Undo: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "undo",
      abstract: "Take one import back: exactly its effect, and nothing else.",
      discussion: """
        Calls that it alone told go; what it replaced comes back; calls that other logs told as well stay, as \
        those told them. Its logs count as unread: an import that is given them again reads them again, \
        so move away what should stay out. An import that is running is not touched.
        """)

    @Argument(help: ArgumentHelp("From 'forensics imports'.", valueName: "id")) var id: Int64
    @OptionGroup var place: PlaceOptions

    func run() throws {
      let settings = try place.settings()
      let file = DatabaseFile(path: settings.database.value)
      let now = Int64(Date().timeIntervalSince1970 * 1000)
      let undone = try alone { try ImportUndo(file, prices: settings.prices()).undo(id, at: now) }
      try Console.write(
        """
        import \(id) is undone
          calls changed or gone  \(grouped(undone.calls))
          aggregates gone        \(grouped(undone.buckets))
          rejects gone           \(grouped(undone.rejects))
          cost changed by        \(dollars(undone.costNanos))

        """)
      for log in undone.logs.prefix(10) {
        Console.complain("\(log): counts as unread; move it away if it should stay out")
      }
      if undone.logs.count > 10 { Console.complain("and \(undone.logs.count - 10) more logs") }
    }
  }
}
