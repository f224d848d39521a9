using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sluice.Studio.Documents;
using Sluice.Studio.Hosting;
using Sluice.Studio.Workspaces;

namespace Sluice;

/// <summary>Maps Studio into a host.</summary>
public static class StudioEndpointRouteBuilderExtensions
{
    /// <summary>Serves Studio, the page and its API, for the runtime that the host's services have (<c>AddSluice</c>).</summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="pattern">The route below which everything is. Default: the root.</param>
    /// <param name="options">
    /// How. Default: as <see cref="StudioOptions"/> says, for this machine alone. Where the host listens is the host's: <see cref="StudioOptions.Host"/>
    /// and <see cref="StudioOptions.Port"/> play no part here.
    /// </param>
    /// <returns>All endpoints, to which a host may add its own authorization.</returns>
    /// <exception cref="InvalidOperationException">The services have no runtime.</exception>
    /// <exception cref="SpecValidationException">An option cannot be used (<c>invalid_options</c>).</exception>
    public static IEndpointConventionBuilder MapSluiceStudio(this IEndpointRouteBuilder endpoints, string pattern = "", StudioOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        options ??= new();
        StudioOptionChecks.EnsureValid(options);
        var services = endpoints.ServiceProvider;
        var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        var workspaces = new WorkspaceTable(services.GetRequiredService<SluiceRuntime>(), time);
        var documents = new DocumentStore(() => StudioFiles.OpenDocumentsAsync(options.StorePath), time);
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(() => _ = CloseAsync());
        return new StudioParts(workspaces, documents, options with { FilesRoot = options.FilesRoot ?? Environment.CurrentDirectory }, time).Map(endpoints, pattern);

        async Task CloseAsync()
        {
            await workspaces.DisposeAsync().ConfigureAwait(false);
            await documents.DisposeAsync().ConfigureAwait(false);
        }
    }
}
