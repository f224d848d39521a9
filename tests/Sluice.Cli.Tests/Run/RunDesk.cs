using Sluice.Cli.Tests.Processes;

namespace Sluice.Cli.Tests.Run;

/// <summary>A folder with a spec whose agent asks before it queries the shop, and the program run in it.</summary>
internal sealed class RunDesk : IDisposable
{
    public const string Spec = "runtime.json";

    /// <summary>One query, and a word about it.</summary>
    public const string Script = """{"script":[{"tool":"execute_query","args":{"sql":"SELECT count(*) AS orders FROM orders"}},{"text":"There are 3 orders."}]}""";

    private readonly CommandDesk _desk = new();

    public RunDesk()
    {
        _desk.Write(Spec, SpecText("always"));
        _desk.Write("script.json", Script);
    }

    public string Folder => _desk.Folder;

    /// <summary>A spec whose agent reads data, with a policy for its queries.</summary>
    public static string SpecText(string policy) =>
        $$$"""
        {"tenant":{"resourceId":"acme","version":"v1"},"agents":[{"name":"analyst","role":"specialist","model":"claude-sonnet-4-6",
        "systemPrompt":"You answer from data.","toolkits":["catalog"],"toolApprovalPolicies":{"execute_query":"{{{policy}}}"}}]}
        """;

    public string PathOf(string name) => _desk.PathOf(name);

    public string Write(string name, string text) => _desk.Write(name, text);

    public Task<CommandResult> RunAsync(params IReadOnlyList<string> arguments) => SluiceProcess.RunAsync(Folder, arguments);

    /// <summary>Starts the script as a run that waits for a decision.</summary>
    public SluiceProcess StartScript(params IReadOnlyList<string> more) => SluiceProcess.Start(Folder, new Dictionary<string, string?>(), [.. ScriptArguments, .. more]);

    /// <summary>Runs the script to its end.</summary>
    public Task<CommandResult> RunScriptAsync(params IReadOnlyList<string> more) => RunAsync([.. ScriptArguments, .. more]);

    public void Dispose() => _desk.Dispose();

    private static string[] ScriptArguments => ["run", "--spec", Spec, "--database", "shop.db", "--interpreter", "scripted", "--prompt-file", "script.json"];
}
