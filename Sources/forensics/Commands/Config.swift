import ArgumentParser
import CallStore
import Tables
import UsageLog

/// `forensics config`.
struct Config: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Print every setting, and where it came from.",
    discussion: """
      Order: flag, environment, configuration file, default. The file is --config, else ./forensics.yml, \
      else $XDG_CONFIG_HOME/forensics/config.yml:

        db: /var/lib/forensics/forensics.db
        timezone: Europe/Madrid          # of dates and days in reports
        import:
          assume_timezone: Europe/Madrid # of log times without an offset
          map: {kunde: tenant_id}        # as --map
          set: {tenant: acme}            # as --set
          sources:                       # by log format, where a field stands in its records
            application-json:
              tenant_id: metadata.customer
              feature: {path: metadata.team, match: '^([a-z]+)-', default: search}
              deploy_sha: {constant: 9f1c2ab}
        prices:                          # docs/prices.md
          files: [ours.csv, contracts.yml]
          overrides:
            - {name: Anthropic 2026, channel: anthropic, from: 2026-01-01, discount: 12%}
            - {model: gpt-4o-2024-08-06, same_as: gpt-4o}
            - {model: acme-7, rates: {input: 1.5, output: 6}}
            - {workspace: wrk_1, covered: true}
        features:                        # docs/what-if.md
          nightly-digest: {interactive: false}
        check:                           # docs/check.md
          budgets: {monthly: 1200, tenants: {acme: {daily: 20}}}
          cache: {objective: 30}
        rate_limits:                     # for rate-headroom: a model, a class of models, all
          sonnet: {requests_per_minute: 4000, input_tokens_per_minute: 400000}
        residency:                       # where calls may be processed
          default: [us, eu]
          tenants: {alder-bank: [eu]}
        finance:                         # docs/chargeback.md
          rate_card: {default: {markup: 30%}, tenants: {acme: {margin: 30%, minimum: 50}}}
          shared: [{feature: nightly-digest, by: usage}]
          plans: {pro: {price: 49, tenants: [acme]}}
          margin_objective: 40%
      """)

  @OptionGroup var output: OutputOptions
  @OptionGroup var place: PlaceOptions

  func run() throws {
    let settings = try place.settings()
    var rows: [[Value]] = [
      row(
        "configuration", settings.configuration ?? "(none)",
        place.config == nil ? "default" : "--config"),
      row("db", settings.database.value, settings.database.origin),
      row("timezone", settings.timezone.value, settings.timezone.origin),
      row("import.assume_timezone", settings.assumeTimezone.value, settings.assumeTimezone.origin),
    ]
    for (name, setting) in [("import.map", settings.map), ("import.set", settings.set)] {
      let text = setting.value.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      rows.append(row(name, text.joined(separator: ","), setting.origin))
    }
    for (source, mapping) in settings.sources.sorted(by: { $0.key < $1.key }) {
      for (field, place) in mapping.fields.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        rows.append(
          row("import.sources.\(source).\(field.rawValue)", "\(place)", place.origin))
      }
    }
    for feature in settings.backgroundFeatures {
      rows.append(
        row("features.\(feature).interactive", "false", settings.configuration ?? "default"))
    }
    for limit in settings.rateLimits.value {
      rows.append(row("rate_limits.\(limit.name)", limit.described, settings.rateLimits.origin))
    }
    let (files, overrides) = try settings.writtenPrices()
    for (number, file) in files.enumerated() {
      rows.append(row("prices.files.\(number + 1)", file.value, file.origin))
    }
    // Those of the files too: of equals the last one counts.
    for (number, written) in overrides.enumerated() {
      rows.append(
        row("prices.overrides.\(number + 1)", written.override.text, written.place))
    }
    for setting in settings.check.written {
      rows.append(row(setting.name, setting.shown, setting.place))
    }
    for setting in settings.finance.written {
      rows.append(row(setting.name, setting.shown, setting.place))
    }
    if let rules = settings.residency.argument {
      rows.append(row("residency", rules, settings.configuration ?? "default"))
    }
    let columns = ["setting", "value", "from"].map { Tables.Column(name: $0) }
    try output.write(plain: Tables.Table(columns: columns, rows: rows), named: "config")
  }

  private func row(_ name: String, _ value: String, _ origin: String) -> [Value] {
    [.text(name), .text(value), .text(origin)]
  }
}
