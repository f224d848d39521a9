using Sluice;

namespace SampleApp;

/// <summary>What a program of a user looks like: it runs by itself, and other tools find its app.</summary>
public static class Program
{
    private static readonly RuntimeSpec Spec = Define.Runtime(Define.Tenant("sample", "1"), [Define.Specialist(
        "solo", "model-s", "You tell of assemblies.",
        tools: [Define.Tool<Question, Answer>("tell", "Tells of what is loaded.", (_, _) => Task.FromResult(Loaded.Tell()), effect: ToolEffect.ReadOnly)])]);

    private static readonly RuntimeSpec Talkative = Define.Runtime(Define.Tenant("sample", "1"), [Define.Specialist(
        "solo", "model-s", "You talk.", tools: [Define.Tool<Question, string>("say", "Writes to the console.", (_, _) => Task.FromResult(Say()))])]);

    [SluiceApp]
    public static App App { get; } = Define.App("sample", Spec, request => SluiceRuntime.Create(Spec, request.Apply(new())));

    /// <summary>A second app, which is found by its name alone.</summary>
    public static App Other() => Define.App("other", Talkative, request => SluiceRuntime.Create(Talkative, request.Apply(new())));

    public static async Task Main()
    {
        await using var app = await App.OpenAsync(new() { Interpreter = Interpreter.Scripted });
        await foreach (var happened in app.Runtime.QueryAsync("""{"tool":"tell","args":{}}""")) Console.WriteLine(happened.ToJson());
    }
    private static string Say()
    {
        Console.WriteLine("This is for people.");
        return "said";
    }
}
