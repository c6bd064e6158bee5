// swift-tools-version: 6.2
import PackageDescription

// Reads as the path of the data: UsageLog (in, pure) → CallStore (the one place with SQLite)
// → Tables (out, pure), with Trends (what is unusual, pure) beside it; Alerts (what a check found, pure)
// and HTTP (who is told) are for `check`; Reports (documents, pure) and Workbooks (the same as XLSX) are for
// `report`; `forensics` is the thin shell that knows the terminal.
//
// The trait XLSX needs libxlsxwriter's headers (`make setup`); without it a report has all forms but that one.
let package = Package(
  name: "forensics",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "forensics", targets: ["forensics"])],
  traits: [.trait(name: "XLSX", description: "Workbooks, by the headers of libxlsxwriter.")],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .target(name: "CompressionHeaders"),
    .target(name: "CurlHeaders"),
    .target(name: "SharedLibrary"),
    .target(name: "HTTP", dependencies: ["CurlHeaders", "SharedLibrary"]),
    .target(
      name: "UsageLog",
      dependencies: [
        "CompressionHeaders", "SharedLibrary", .product(name: "Crypto", package: "swift-crypto"),
      ],
      resources: [.embedInCode("Prices/prices.csv")]),
    .target(name: "Tables"),
    .target(
      name: "Reports", dependencies: ["Tables", .product(name: "Crypto", package: "swift-crypto")]),
    .systemLibrary(name: "XLSXHeaders"),
    .target(
      name: "Workbooks",
      dependencies: [
        "Reports", "SharedLibrary", "Tables",
        .target(name: "XLSXHeaders", condition: .when(traits: ["XLSX"])),
      ]),
    .target(name: "Alerts", dependencies: ["Tables"]),
    .target(name: "Trends"),
    .target(
      name: "CallStore",
      dependencies: [
        "UsageLog", "Tables", "Trends",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      resources: [.embedInCode("migrations")]),
    .target(name: "Finance", dependencies: ["CallStore", "Tables", "Trends", "UsageLog"]),
    .executableTarget(
      name: "forensics",
      dependencies: [
        "Alerts", "CallStore", "Finance", "HTTP", "Tables", "Trends", "UsageLog", "Yams",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      resources: [.embedInCode("queries")]),
    .testTarget(name: "UsageLogTests", dependencies: ["UsageLog"]),
    .testTarget(name: "TablesTests", dependencies: ["Tables"]),
    .testTarget(name: "ReportsTests", dependencies: ["Reports", "ReportStory", "Tables"]),
    .testTarget(
      name: "WorkbooksTests",
      dependencies: ["CompressionHeaders", "Reports", "ReportStory", "Tables", "Workbooks"],
      exclude: ["judge.py"]),
    .target(
      name: "ReportStory", dependencies: ["Reports", "Tables"], path: "Tests/ReportStory"),
    .testTarget(name: "TrendsTests", dependencies: ["Trends"]),
    .testTarget(name: "AlertsTests", dependencies: ["Alerts", "Tables"]),
    .testTarget(
      name: "FinanceTests", dependencies: ["Finance", "CallStore", "Tables", "Trends", "UsageLog"]),
    .testTarget(
      name: "CallStoreTests",
      dependencies: [
        "CallStore", "UsageLog", "Tables", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      exclude: ["Database/landed.txt", "Database/schema.sql"]),
    .testTarget(
      name: "ForensicsTests",
      dependencies: ["forensics", "Alerts", "CallStore", "HTTP", "Tables", "UsageLog"]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where !target.name.hasSuffix("Headers") {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
  ]
}
