namespace Inventory.Data.Generation;

/// <summary>The words that names are built from. All brands, suppliers and people are invented.</summary>
internal static class Vocabulary
{
    private static readonly string[] TrailFirst =
    [
        "Alpine", "Arctic", "Boreal", "Cascade", "Cedar", "Cinder", "Coastal", "Copper", "Drift", "Ember", "Falcon", "Fjord",
        "Glacier", "Granite", "Harbor", "Heather", "Juniper", "Lynx", "Meridian", "Moss", "Nimbus", "Osprey", "Pine", "Polar",
        "Raven", "Ridge", "River", "Sierra", "Slate", "Summit", "Tundra", "Willow",
    ];

    private static readonly string[] TrailSecond =
    [
        "Trail", "Track", "Path", "Pass", "Peak", "Crest", "Route", "Range", "Camp", "Creek", "Field", "Gap",
        "Guide", "Haven", "Hollow", "Lodge", "Point", "Quest", "Run", "Scout", "Stride", "Trek", "Venture", "Watch",
    ];

    private static readonly string[] HomeFirst =
    [
        "Amber", "Ash", "Birch", "Bistro", "Blossom", "Calm", "Chalk", "Clay", "Clover", "Corner", "Cotton", "Dune",
        "Elm", "Fern", "Flint", "Hazel", "Ivory", "Lark", "Linen", "Maple", "Meadow", "Mist", "Nest", "Oak",
        "Olive", "Orchard", "Pebble", "Sage", "Terra", "Thyme", "Velvet", "Wren",
    ];

    private static readonly string[] HomeSecond =
    [
        "Home", "House", "Living", "Room", "Corner", "Table", "Court", "Garden", "Grove", "Hearth", "Lane", "Light",
        "Morning", "Mill", "Nook", "Patio", "Pantry", "Porch", "Shade", "Shelf", "Studio", "Terrace", "Yard", "Loft",
    ];

    private static readonly string[] TechFirst =
    [
        "Aero", "Apex", "Arc", "Astra", "Beam", "Byte", "Circuit", "Core", "Delta", "Echo", "Flux", "Helix",
        "Ion", "Kite", "Logic", "Lumen", "Metro", "Neo", "Nova", "Orbit", "Photon", "Pixel", "Prism", "Pulse",
        "Quanta", "Relay", "Sonic", "Spark", "Vector", "Verge", "Volt", "Zen",
    ];

    private static readonly string[] TechSecond =
    [
        "Air", "Base", "Cast", "Desk", "Drive", "Edge", "Flow", "Go", "Grid", "Hub", "Lab", "Line",
        "Link", "Max", "Mini", "Note", "One", "Play", "Pro", "Sense", "Shift", "Tone", "Touch", "Wave",
    ];

    private static readonly string[] ShoeSizes = ["36", "37", "38", "39", "40", "41", "42", "43", "44", "45", "46"];
    private static readonly string[] ClothingSizes = ["XS", "S", "M", "L", "XL", "XXL"];
    private static readonly string[] Packs = ["Single", "Pack of 2", "Pack of 3", "Pack of 6", "Pack of 12"];

    public static IReadOnlyList<string> ColorNames { get; } =
        ["Black", "Navy", "Grey", "Green", "Red", "Blue", "Sand", "White", "Brown", "Yellow"];

    public static IReadOnlyList<string> BrandNames { get; } =
    [
        "Nordhavn", "Kestrel & Co", "Ridgeway", "Tamarack", "Velora", "Brightwell", "Castellan", "Dunmore", "Eastfold", "Fennimore",
        "Galloway Works", "Hartwood", "Isenberg", "Jasperline", "Kolding", "Larkspur", "Marlowe", "Northgate", "Oakhurst", "Pemberly",
        "Quillon", "Rosedale", "Stellan", "Thornbury", "Umbra North", "Vasari Home", "Westerly", "Yarrow", "Zephyrine", "Almanza",
        "Bexley", "Corvane", "Delmara", "Esker", "Fairholm", "Grovetech", "Halden", "Ironbark", "Juno Play", "Kitemark",
        "Lindqvist", "Montrose", "Nimbler", "Orrin", "Paxton", "Rookwood", "Solvay Lane", "Tidewater", "Ventnor", "Wexcombe",
    ];

    public static IReadOnlyList<string> Countries { get; } =
        ["Germany", "Portugal", "Italy", "Poland", "Denmark", "Vietnam", "Turkey", "Spain", "China", "Netherlands"];

    public static IReadOnlyList<string> SupplierFirst { get; } =
        ["Baltic", "Continental", "Danube", "Elbe", "Iberia", "Lowland", "Meridian", "Orient", "Rhine", "Vistula"];

    public static IReadOnlyList<string> SupplierSecond { get; } = ["Trading", "Manufacturing", "Sourcing", "Textiles"];

    public static IReadOnlyList<string> GivenNames { get; } =
        ["Ana", "Bram", "Carla", "Dario", "Elif", "Finn", "Greta", "Hugo", "Ines", "Jonas", "Katja", "Luis"];

    public static IReadOnlyList<string> FamilyNames { get; } =
        ["Almeida", "Berg", "Costa", "Dahl", "Eriksen", "Fischer", "Kaya", "Lindt", "Moreau", "Nowak", "Ortega", "Visser"];

    /// <summary>The two words before the noun, different for every style of one category until 768 styles are used up.</summary>
    public static string StyleName(string department, int leaf, int style)
    {
        var (first, second) = department switch
        {
            "Home" or "Garden" => (HomeFirst, HomeSecond),
            "Electronics" or "Office" or "Toys" => (TechFirst, TechSecond),
            _ => (TrailFirst, TrailSecond),
        };

        // 331 shares no factor with 32 * 24, so every pair comes up once before the first repeats.
        var pair = (style + (leaf * 97)) * 331 % (first.Length * second.Length);
        return $"{first[pair / second.Length]} {second[pair % second.Length]}";
    }

    public static IReadOnlyList<string> VariantLabels(Variants variants) => variants switch
    {
        Variants.ShoeSizes => ShoeSizes,
        Variants.ClothingSizes => ClothingSizes,
        Variants.Packs => Packs,
        _ => ColorNames,
    };
}
