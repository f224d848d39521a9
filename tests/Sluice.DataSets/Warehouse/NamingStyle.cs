namespace Sluice.DataSets.Warehouse;

/// <summary>How words become a name.</summary>
internal enum NamingStyle
{
    /// <summary><c>purchase_order_line</c>.</summary>
    Snake,

    /// <summary><c>PurchaseOrderLine</c>.</summary>
    Camel,

    /// <summary><c>purch_ord_ln</c>.</summary>
    Abbreviated,

    /// <summary><c>purchaseorderline</c>.</summary>
    Glued,
}
