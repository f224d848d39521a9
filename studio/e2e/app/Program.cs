using System.Globalization;
using Inventory;
using Sluice;
using StudioUnderTest;

// The example's workspace beside one in which everything can be made to happen, and data of several sizes.
var app = Define.App(
    "studio-under-test",
    new Dictionary<string, Workspace>
    {
        ["inventory"] = RetailApp.App.Workspaces[RetailApp.App.DefaultWorkspace],
        ["lab"] = Lab.Workspace,
        ["dock"] = Dock.Workspace,
        ["talk"] = Talk.Workspace,
        ["shop"] = Data.Shop,
        ["warehouse"] = Data.Warehouse,
        ["hostile"] = Data.Hostile,
    },
    "inventory");
using var ending = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    ending.Cancel();
};
await app.RunStudioAsync(new StudioOptions { Port = int.Parse(args[0], CultureInfo.InvariantCulture), StorePath = args[1] }, ending.Token);
