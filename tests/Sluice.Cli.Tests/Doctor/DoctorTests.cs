using System.Text.Json;
using Sluice.Cli.Tests.Processes;

namespace Sluice.Cli.Tests.Doctor;

public sealed class DoctorTests : IDisposable
{
    private const string Key = "sk-ant-planted";

    private readonly CommandDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Doctor_OfAFolderWithData_TellsWhatWorksAndWhatIsMissing()
    {
        _desk.Write("sluice.data.yaml", "targetDatabase:\n  url: sqlite:shop.db\n");

        var (result, states) = await RunAsync();

        result.ExitCode.ShouldBe(0, result.Error);
        states["data environment"].ShouldBe("works");
        states["Anthropic models"].ShouldBe("works");
        states["OpenAI models"].ShouldBe("missing");
        states["store of runs"].ShouldBe("missing");
    }

    [Fact]
    public async Task Doctor_OfDataThatCannotBeOpened_EndsWithThree()
    {
        _desk.Write("sluice.data.yaml", "targetDatabase:\n  url: sqlite:absent.db\n");
        _desk.Write("runs.db", "This is no store.");

        var (result, states) = await RunAsync("--store", "runs.db");

        result.ExitCode.ShouldBe(3);
        states["data environment"].ShouldBe("broken");
        states["store of runs"].ShouldBe("broken");
    }

    private async Task<(CommandResult Result, Dictionary<string, string?> States)> RunAsync(params IReadOnlyList<string> arguments)
    {
        var variables = new Dictionary<string, string?> { ["ANTHROPIC_API_KEY"] = Key, ["OPENAI_API_KEY"] = null };
        using var process = SluiceProcess.Start(_desk.Folder, variables, ["doctor", "--output", "json", .. arguments]);
        var result = await process.WaitAsync();
        (result.Out + result.Error).ShouldNotContain(Key);
        return (result, JsonElement.Parse(result.Out).EnumerateArray().ToDictionary(finding => finding.GetProperty("what").GetString()!, finding => finding.GetProperty("state").GetString()));
    }
}
