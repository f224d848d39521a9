using System.Text.Json;

namespace Sluice.Runtime.Tests.Tools;

public sealed class ToolContextTests
{
    [Fact]
    public async Task Context_OfACall_NamesItsSurroundings()
    {
        ToolContext? seen = null;
        var tool = Sample.Tool("look", ctx =>
        {
            seen = ctx;
            return Task.FromResult<object?>(null);
        });
        await using var runtime = Sample.Scripted(Sample.Agent(tool));
        var events = await runtime.RunAsync(Script.Of(Script.Call("look")), "t-1");
        (seen!.ToolUseId, seen.ThreadId, seen.Agent, seen.Tenant, seen.Attempt).ShouldBe(("scripted-tool-1", "t-1", "solo", Sample.Tenant, 1));
        seen.RunId.ShouldBe(events[0].RunId);
        seen.Services.GetService(typeof(string)).ShouldBeNull();
        seen.IdempotencyKey.Length.ShouldBe(32);
    }

    [Fact]
    public async Task IdempotencyKey_EveryCall_HasItsOwn()
    {
        var keys = new List<string>();
        var tool = Sample.Tool("look", ctx =>
        {
            keys.Add(ctx.IdempotencyKey);
            return Task.FromResult<object?>(null);
        });
        await using var runtime = Sample.Scripted(Sample.Agent(tool));
        var script = Script.Of(Script.Calls(Script.Call("look"), Script.Call("look")), Script.Call("look"));
        await runtime.RunAsync(script);
        await runtime.RunAsync(script);
        keys.Count.ShouldBe(6);
        keys.ShouldBeUnique();
    }

    [Fact]
    public async Task Handler_ReportsEmitsAndRegisters_EventsComeInOrderBetweenCallAndResult()
    {
        var tool = Sample.Tool("export", async ctx =>
        {
            ctx.Progress.Report(new() { Label = "reading", PhaseIndex = 0, TotalPhases = 2 });
            var stored = await ctx.References.CreateAsync("File", JsonElement.Parse("\"a;b\""));
            ctx.Emit("rows_read", new { Count = 3 });
            ctx.RegisterFile("rows.csv", "text/csv", stored.ToHandle());
            ctx.Progress.Report(new() { Label = "done", PhaseIndex = 1, TotalPhases = 2, Milestone = true });
            return "ok";
        });
        var spec = Define.Runtime(
            Sample.Tenant, [Define.Specialist("solo", "m", "You work.", tools: [tool])], references: [Define.Reference("File", JsonElement.Parse("true"))]);
        await using var runtime = Sample.Scripted(spec);
        var events = await runtime.RunAsync(Script.Of(Script.Call("export")));

        var call = events.ToList().FindIndex(e => e is ToolInvocationEvent);
        var between = events.Skip(call + 1).TakeWhile(e => e is not ToolInvocationEvent).ToList();
        between.Select(e => e.GetType()).ShouldBe([
            typeof(ToolProgressEvent), typeof(ReferenceCreatedEvent), typeof(CustomEvent), typeof(FileRegisteredEvent), typeof(ToolProgressEvent)]);
        between.ShouldAllBe(e => e.Agent == "solo");
        var progress = (ToolProgressEvent)between[^1];
        (progress.Label, progress.PhaseIndex, progress.TotalPhases, progress.Milestone).ShouldBe(("done", 1, 2, true));
        var custom = (CustomEvent)between[2];
        (custom.EventType, custom.Data.GetRawText()).ShouldBe(("rows_read", """{"count":3}"""));
        var file = (FileRegisteredEvent)between[3];
        (file.Name, file.MediaType, file.Reference.Id).ShouldBe(("rows.csv", "text/csv", ((ReferenceCreatedEvent)between[1]).Id));
    }

    [Fact]
    public async Task Handler_ReportsFromManyThreads_LosesNothing()
    {
        var tool = Sample.Tool("busy", async ctx =>
        {
            await Parallel.ForAsync(0, 200, (n, _) =>
            {
                ctx.Progress.Report(new() { Label = $"{n}" });
                return ValueTask.CompletedTask;
            });
            return null;
        });
        await using var runtime = Sample.Scripted(Sample.Agent(tool));
        var events = await runtime.RunAsync(Script.Of(Script.Call("busy")));
        events.OfType<ToolProgressEvent>().Select(e => int.Parse(e.Label)).Order().ShouldBe(Enumerable.Range(0, 200));
    }
}
