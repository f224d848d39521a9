using System.Text.Json;
using Sluice.Evals.Tests.Running;

namespace Sluice.Evals.Tests.Artifacts;

public sealed class EvalArtifactTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_OfANewerVersion_IsRefusedWithASentence()
    {
        await WriteAsync("""{"summary":{"verdict":"excellent"},"version":2,"cases":"many"}""");

        (await ShouldBeRefusedAsync()).ShouldBe(
            $"'{Path}' is of version 2, written by a newer build; this one reads up to version 1. Read it with that build.");
    }

    [Fact]
    public async Task Read_OfUnknownMembers_PassesThemOver()
    {
        await using var runtime = new Desk().Open();
        var artifact = await runtime.RunEvalAsync(Desk.Request([Desk.Case("look", [Desk.Call("look")], "look")]), Token);
        await artifact.WriteAsync(Path, Token);
        var text = await File.ReadAllTextAsync(Path, Token);
        await WriteAsync(text.Replace("\"evalRunId\":", "\"mood\":{\"of\":[1]},\"evalRunId\":", StringComparison.Ordinal));

        (await EvalArtifact.ReadAsync(Path, Token)).EvalRunId.ShouldBe(artifact.EvalRunId);
    }

    [Theory]
    [InlineData("", "no record")]
    [InlineData("hello", "line")]
    [InlineData("[1]", "no \"version\"")]
    [InlineData("null", "no \"version\"")]
    [InlineData("{\"version\":\"one\"}", "no \"version\"")]
    [InlineData("{\"version\":1,\"config\":{}}", "evalRunId")]
    [InlineData("{\"version\":1,\"evalRunId\":7}", "$.evalRunId")]
    [InlineData("{\"version\":1,\"evalRunId\":", "line")]
    public async Task Read_OfWhatIsNone_SaysWhere(string text, string place)
    {
        await WriteAsync(text);

        (await ShouldBeRefusedAsync()).ShouldContain(place, Case.Insensitive);
    }

    [Fact]
    public async Task Read_OfAFolderWithoutOne_SaysHowToGetIt() =>
        (await Should.ThrowAsync<SluiceException>(EvalArtifact.ReadAsync(_folder.Root, Token))).Message.ShouldContain("go on with its folder");

    [Fact]
    public async Task Write_IntoAFolderThatIsNotThere_IsAClearError() =>
        (await Should.ThrowAsync<SluiceException>(
            (await new Desk().Open().RunEvalAsync(Desk.Request([Desk.Case("look", [Desk.Call("look")], "look")]), Token))
            .WriteAsync(_folder.PathOf("none/artifact.json"), Token))).Code.ShouldBe(ErrorCodes.StoreUnavailable);

    [Fact]
    public async Task Arguments_AsDeepAsValuesMayBe_AreKeptAndReadBack()
    {
        var deep = JsonElement.Parse(string.Concat(Enumerable.Repeat("[", 60)) + string.Concat(Enumerable.Repeat("]", 60)));
        var tool = Define.Tool<Item>("look", "Looks.", (_, _) => Task.FromResult<object?>(deep), effect: ToolEffect.ReadOnly);
        var spec = Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist("clerk", "model-c", "You look.", tools: [tool])]);
        await using var runtime = SluiceRuntime.Create(spec, new() { Interpreter = Interpreter.Scripted });

        var artifact = await runtime.RunEvalAsync(Desk.Request([Desk.Case("look", [Desk.Call("look")], "look")], Desk.Config(1), _folder.PathOf("eval")), Token);

        artifact.Cases[0].Samples[0].Output!.Trajectory[0].Result!.Value.GetRawText().ShouldBe(deep.GetRawText());
    }

    private string Path => _folder.PathOf("artifact.json");

    private Task WriteAsync(string text) => File.WriteAllTextAsync(Path, text, Token);

    private async Task<string> ShouldBeRefusedAsync()
    {
        var refused = await Should.ThrowAsync<SluiceException>(EvalArtifact.ReadAsync(Path, Token));
        refused.Code.ShouldBe(ErrorCodes.InvalidArtifact);
        return refused.Message;
    }
}
