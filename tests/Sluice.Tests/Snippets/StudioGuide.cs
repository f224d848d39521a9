using Microsoft.AspNetCore.Builder;

namespace Sluice.Tests.Snippets;

/// <summary>The code of docs/guides/studio.md.</summary>
internal static class StudioGuide
{
    public static async Task<int> ServeAsync(RuntimeSpec spec, string[] args)
    {
        // snippet: studio-run
        var app = Define.App("shop", spec, request => SluiceRuntime.Create(spec, request.Apply(new() { Interpreter = Interpreter.Live })));
        return await app.RunStudioAsync(args);
        // end
    }

    public static App Prompts(RuntimeSpec spec)
    {
        // snippet: studio-prompts
        var app = Define.App(
            "shop", spec,
            request => SluiceRuntime.Create(spec, request.Apply(new())),
            metadata: new Dictionary<string, object?>
            {
                ["prompts"] = new[] { new { title = "Winter boots", prompt = "How many winter boots did we sell last month?" } },
            });
        // end
        return app;
    }

    public static RuntimeOptions ScriptedPrompts()
    {
        // snippet: studio-scripted
        RuntimeOptions options = new()
        {
            Interpreter = Interpreter.ScriptedFor((prompt, results) => prompt == "How many boots are there?"
                ? results.Count == 0
                    ? Script.Of(Script.Call("count_boots"))
                    : Script.Of(Script.Call("count_boots"), Script.Text($"There are {results[0].GetProperty("count")}."))
                : null),
        };
        // end
        return options;
    }

    public static async Task HostAsync(string[] args, RuntimeSpec spec)
    {
        // snippet: studio-host
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSluice(spec);
        var app = builder.Build();
        app.MapSluiceStudio("/studio").RequireAuthorization();
        await app.RunAsync("http://127.0.0.1:8080");
        // end
    }
}
