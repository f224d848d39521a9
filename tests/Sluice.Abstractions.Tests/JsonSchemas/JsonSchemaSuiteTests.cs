namespace Sluice.JsonSchemas;

public sealed class JsonSchemaSuiteTests(ITestOutputHelper output)
{
    [Fact]
    public void Suite_RequiredTests_AllPass()
    {
        var suite = JsonSchemaSuite.Require();
        var options = new JsonSchemaOptions { Resolve = suite.Resolve };
        var required = suite.RequiredCases().ToList();
        var optional = suite.OptionalCases().ToList();

        var failures = required.Select(test => test.Failure(options)).OfType<string>().ToList();
        var optionalFailures = optional.Select(test => test.Failure(options)).OfType<string>().ToList();

        var report = $"JSON Schema suite draft2020-12: {required.Count - failures.Count} of {required.Count} required tests passed; "
            + $"optional: {optional.Count - optionalFailures.Count} of {optional.Count} passed (format is an annotation here).";
        output.WriteLine(report);
        foreach (var failure in optionalFailures.Where(name => !name.StartsWith("format", StringComparison.Ordinal)))
        {
            output.WriteLine($"optional, not passed: {failure}");
        }
        if (Environment.GetEnvironmentVariable("SLUICE_REPORT") is { Length: > 0 } path) File.AppendAllText(path, report + "\n");
        required.Count.ShouldBeGreaterThan(1000);
        failures.ShouldBeEmpty();
    }
}
