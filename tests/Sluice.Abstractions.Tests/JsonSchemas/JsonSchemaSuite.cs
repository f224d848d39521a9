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
        var data = Environment.GetEnvironmentVariable("SLUICE_TEST_DATA");
        if (string.IsNullOrEmpty(data))
            Assert.Skip("The official JSON Schema test suite is not on this machine. Name the parent of its folder in SLUICE_TEST_DATA.");
        var root = Path.Combine(data, "json-schema-test-suite");
        if (!Directory.Exists(root)) Assert.Fail($"SLUICE_TEST_DATA is '{data}', which has no folder json-schema-test-suite.");
        return new(root);
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
}
