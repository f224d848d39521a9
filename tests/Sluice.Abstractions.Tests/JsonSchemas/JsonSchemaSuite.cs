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
        var configured = Environment.GetEnvironmentVariable("SLUICE_TEST_DATA");
        var data = string.IsNullOrEmpty(configured) ? FindBesideRepository() : configured;
        if (data is not null && Path.Combine(data, "json-schema-test-suite") is var root && Directory.Exists(root)) return new(root);
        if (!string.IsNullOrEmpty(configured)) Assert.Fail($"SLUICE_TEST_DATA is '{configured}', which has no folder json-schema-test-suite.");
        Assert.Skip("The official JSON Schema test suite is not on this machine. Name its folder's parent in SLUICE_TEST_DATA.");
        throw new InvalidOperationException("Not reached: a skipped test throws.");
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
