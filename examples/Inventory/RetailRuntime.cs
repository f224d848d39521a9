using Inventory.Data;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Data;

namespace Inventory;

/// <summary>How the agents' spec is run, whoever starts it: what their tools and actions work on, and what a run may take.</summary>
internal static class RetailRuntime
{
    public static RuntimeOptions Options(RetailDatabase retail, OperationsDatabase operations, Policies policies, OpenDataEnvironment environment) => new()
    {
        Services = new ServiceCollection().AddSingleton(new RetailQueries(retail)).AddSingleton(new OperationsQueries(operations)).BuildServiceProvider(),
        ModelProviders = [new OpenAIModelProvider()],
        ActionDispatcher = new InventoryHandlers(operations, policies).All(),
        DataEnvironment = environment,

        // Whoever starts a program says whether an earlier run goes on.
        Recovery = RunRecovery.None,

        // A run waits for whoever sits at the terminal, so it stays in memory.
        Limits = new() { SuspendAfter = TimeSpan.FromDays(7), Turns = 60, CostUsd = 5 },
    };
}
