using System.Text.Json;

namespace Sluice.JsonSchemas;

/// <summary>Finds the official test suite and runs its files.</summary>
internal sealed class JsonSchemaSuite
{
    private const string RemoteAddress = "http://localhost:1234/";

    private readonly string _root;

    private JsonSchemaSuite(string root) => _root = root;

    public static JsonSchemaSuite Require()
    {
        var data = Environment.GetEnvironmentVariable("SLUICE_TEST_DATA") is { Length: > 0 } configured ? configured : FindBesideRepository();
        if (data is not null && Path.Combine(data, "json-schema-test-suite") is var root && Directory.Exists(root))
        {
            return new JsonSchemaSuite(root);
        }
        const string reason = "The JSON Schema test suite is neither in SLUICE_TEST_DATA nor in ../shared/data.";
        if (Environment.GetEnvironmentVariable("SLUICE_REQUIRE_SERVICES") is "1") Assert.Fail(reason);
        Assert.Skip(reason);
        throw new InvalidOperationException(reason);
    }

    public IEnumerable<JsonSchemaSuiteCase> RequiredCases() => CasesIn("", SearchOption.TopDirectoryOnly);

    public IEnumerable<JsonSchemaSuiteCase> OptionalCases() => CasesIn("optional", SearchOption.AllDirectories);

    public JsonElement? Resolve(Uri address)
    {
        if (!address.AbsoluteUri.StartsWith(RemoteAddress, StringComparison.Ordinal)) return null;
        var path = Path.Combine(_root, "remotes", address.AbsoluteUri[RemoteAddress.Length..]);
        return File.Exists(path) ? JsonElement.Parse(File.ReadAllBytes(path)) : null;
    }

    private IEnumerable<JsonSchemaSuiteCase> CasesIn(string folder, SearchOption depth)
    {
        var directory = Path.Combine(_root, "tests", "draft2020-12", folder);
        foreach (var file in Directory.EnumerateFiles(directory, "*.json", depth).Order(StringComparer.Ordinal))
        {
            foreach (var group in JsonElement.Parse(File.ReadAllBytes(file)).EnumerateArray())
            {
                foreach (var test in group.GetProperty("tests").EnumerateArray())
                {
                    yield return new JsonSchemaSuiteCase
                    {
                        Name = $"{Path.GetRelativePath(directory, file)}: {group.GetProperty("description")}: {test.GetProperty("description")}",
                        Schema = group.GetProperty("schema"),
                        Instance = test.GetProperty("data"),
                        IsValid = test.GetProperty("valid").GetBoolean(),
                    };
                }
            }
        }
    }

    private static string? FindBesideRepository()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (!File.Exists(Path.Combine(directory.FullName, "Sluice.slnx"))) continue;
            var data = Path.Combine(directory.Parent!.FullName, "shared", "data");
            return Directory.Exists(data) ? data : null;
        }
        return null;
    }
}
